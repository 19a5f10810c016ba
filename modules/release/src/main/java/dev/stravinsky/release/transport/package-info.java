/**
 * Gets files over http and https from servers that are slow, break off, change their minds or lie.
 *
 * <p>What arrives is believed only as far as its framing goes: the file's name is the caller's, a
 * promised length is a progress bar and a limit, and what the caller knows beforehand ({@link
 * dev.stravinsky.release.transport.Expected}) must be so to the byte. A connection that breaks is
 * continued where the server can say that the file is still the same one (RFC 9110: {@code Range}
 * with {@code If-Range}), begun anew where it cannot. A failed download leaves no file.
 */
package dev.stravinsky.release.transport;
