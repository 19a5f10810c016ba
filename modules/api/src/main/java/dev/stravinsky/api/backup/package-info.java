/** Backups: what they are made of, how they are asked for, and what is installed. */
package dev.stravinsky.api.backup;
