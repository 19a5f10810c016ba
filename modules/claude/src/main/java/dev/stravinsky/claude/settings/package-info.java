/** What Claude Code accepts as settings: JSON with a shape, each value with its line. */
package dev.stravinsky.claude.settings;
