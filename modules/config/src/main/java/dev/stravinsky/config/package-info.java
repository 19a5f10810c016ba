/** Turns config.json and environment into typed settings, every error at once with its JSON path. */
package dev.stravinsky.config;
