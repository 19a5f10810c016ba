/** All that is known of Claude Code: where its files are, what makes them valid. */
package dev.stravinsky.claude;
