/**
 * The release controller: brings what runs of each app to what should run, and says how it went.
 */
@NullMarked
package io.platform.release;

import org.jspecify.annotations.NullMarked;
