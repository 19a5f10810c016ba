/**
 * Keys and signatures in the files of OpenBSD's signify: an {@code untrusted comment}, a line of
 * Base64, and in it the letters {@code Ed}, the key's number (8 bytes) and what the file is for.
 * The layouts are those of {@code signify.c}; Ed25519 itself (RFC 8032) is the JDK's.
 */
package dev.stravinsky.release.signify;
