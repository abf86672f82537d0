/** What came out of a race: the figures, their file, several of them as one, and the verdict. */
@NullMarked
package dev.trackside.loadtest.result;

import org.jspecify.annotations.NullMarked;
