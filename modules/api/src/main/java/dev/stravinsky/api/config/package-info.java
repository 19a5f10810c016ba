/** The settings and the file they are kept in. */
package dev.stravinsky.api.config;
