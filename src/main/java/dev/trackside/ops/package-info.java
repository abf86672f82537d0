/** What operators ask a running server. */
@NullMarked
package dev.trackside.ops;

import org.jspecify.annotations.NullMarked;
