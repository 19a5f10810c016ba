/** Checks in processes of their own: the executables of {@code checks.d} and the plugin host. */
package dev.stravinsky.validator.external;
