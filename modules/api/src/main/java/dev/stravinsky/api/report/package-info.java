/** The page, statistics in their formats, and telling people. */
package dev.stravinsky.api.report;
