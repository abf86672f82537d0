/** The way out of one connection on Jetty's endpoint: for frames and for events. */
@NullMarked
package dev.trackside.output;

import org.jspecify.annotations.NullMarked;
