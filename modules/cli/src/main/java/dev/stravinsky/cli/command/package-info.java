/** One class a command, named as typed. They parse, call one service, print. */
package dev.stravinsky.cli.command;
