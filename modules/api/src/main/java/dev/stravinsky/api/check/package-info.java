/** Running checks, and the plugins that bring more of them. */
package dev.stravinsky.api.check;
