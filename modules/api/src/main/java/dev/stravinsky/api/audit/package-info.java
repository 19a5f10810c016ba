/** The trail: events, the chain they hang in, and what can be asked of it. */
package dev.stravinsky.api.audit;
