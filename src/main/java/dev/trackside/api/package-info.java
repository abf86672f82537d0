/**
 * What is served over HTTP: the calls that answer in JSON, and the pages with everything they need.
 */
@NullMarked
package dev.trackside.api;

import org.jspecify.annotations.NullMarked;
