/**
 * The certificate: what was tried, on which file systems, and what came of it, as a document that
 * anybody can make again and compare.
 */
package dev.stravinsky.chaos.certificate;
