/** The calls of the HTTP interface: they answer in JSON, GeoJSON or GPX. */
@NullMarked
package dev.trackside.api;

import org.jspecify.annotations.NullMarked;
