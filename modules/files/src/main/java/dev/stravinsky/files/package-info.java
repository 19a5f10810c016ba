/** The only code that writes files: durable write, tree digest, exchange, lock. */
package dev.stravinsky.files;
