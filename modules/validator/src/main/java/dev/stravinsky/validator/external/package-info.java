/**
 * Checks in processes of their own: the executables of {@code checks.d} and the plugin host, and
 * plugins' other services, each as an ordinary one whose calls go to the host.
 *
 * <p>All of them speak the check protocol, format 1, which {@code docs/check-protocol.md}
 * documents: JSON objects, one a line. The one who writes requests and reads answers is here; the
 * plugin host has its own reader, so that the document and not a shared class is what holds them
 * together.
 *
 * <p>Whatever such a process does, it is its own check or service that fails: it is given pipes and
 * never the terminal, its output is limited, and it is killed with its descendants when its time is
 * over.
 */
package dev.stravinsky.validator.external;
