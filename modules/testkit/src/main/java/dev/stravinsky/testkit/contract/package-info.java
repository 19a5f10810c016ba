/**
 * What every implementation of a service must do, one abstract JUnit class per service. An
 * implementation's test extends it and says which sandbox to run in; nothing else.
 */
package dev.stravinsky.testkit.contract;
