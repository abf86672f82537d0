/** The calls of the HTTP API, which answer in JSON, GeoJSON or GPX. */
@NullMarked
package dev.trackside.api;

import org.jspecify.annotations.NullMarked;
