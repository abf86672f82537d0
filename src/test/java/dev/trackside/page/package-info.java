/** Tests of the pages, most of them in a browser. */
@NullMarked
package dev.trackside.page;

import org.jspecify.annotations.NullMarked;
