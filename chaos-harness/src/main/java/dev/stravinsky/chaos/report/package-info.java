/** What a run of the chaos suites found, for people and for machines: JSON, JUnit XML, HTML. */
package dev.stravinsky.chaos.report;
