/** Archives, manifest, verification and retention. */
package dev.stravinsky.backup;
