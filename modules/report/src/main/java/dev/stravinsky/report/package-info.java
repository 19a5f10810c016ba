/** The page, statistics in their formats, notifications. */
package dev.stravinsky.report;
