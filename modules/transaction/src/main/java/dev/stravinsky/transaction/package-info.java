/** The write-ahead journal, the swap and crash recovery. */
package dev.stravinsky.transaction;
