/** Commands, agents, skills and their like: Markdown with YAML front matter. */
package dev.stravinsky.claude.documents;
