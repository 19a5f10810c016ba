/**
 * The page: what happened and how things stand, as one HTML document that is also well-formed XML.
 *
 * <p>Charts are SVG without coordinates of their own: places are percentages, so that text keeps
 * its size on a phone. Every chart has its figures in a table below it, for those who cannot see
 * it. Nothing is computed by the browser: a page that was saved has no script.
 *
 * <p>All text goes through {@link dev.stravinsky.report.page.Markup#text}, which escapes it; what
 * comes from files, names and events goes through {@link dev.stravinsky.report.page.Plain} before.
 */
package dev.stravinsky.report.page;
