/** Who may do what: publish as a runner, follow a feed, connect from a page. */
@NullMarked
package dev.trackside.access;

import org.jspecify.annotations.NullMarked;
