/** The flow in one screenful: update and rollback. */
package dev.stravinsky.update;
