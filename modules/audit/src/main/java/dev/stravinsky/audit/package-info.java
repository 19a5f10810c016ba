/** The hash-chained trail, its SQLite index, queries, export, rotation and statistics. */
package dev.stravinsky.audit;
