/** What people and programs see: lines, tables, JSON, progress. */
package dev.stravinsky.cli.output;
