/** Main, one class a command, output. */
package dev.stravinsky.cli;
