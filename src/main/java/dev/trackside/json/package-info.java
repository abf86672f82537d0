/** Positions as JSON: read from whoever sends them, written for whoever follows or reads them. */
@NullMarked
package dev.trackside.json;

import org.jspecify.annotations.NullMarked;
