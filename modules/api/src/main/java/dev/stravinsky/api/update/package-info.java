/** Changing versions: update and rollback. */
package dev.stravinsky.api.update;
