/** What the product needs of an operating system and the JDK's file API does not offer. */
package dev.stravinsky.api.platform;
