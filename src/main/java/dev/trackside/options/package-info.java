/** The command line: what an operator may choose, and what that means for each room. */
@NullMarked
package dev.trackside.options;

import org.jspecify.annotations.NullMarked;
