/**
 * What keeps Claude Code from doing something - hooks that can block, permission rules, the sandbox
 * - and whether an update would take it away.
 */
package dev.stravinsky.claude.protections;
