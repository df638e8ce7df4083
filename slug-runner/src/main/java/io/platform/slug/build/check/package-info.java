/**
 * Checks of the pushed files: what an app's languages and start commands need and the files lack.
 */
@NullMarked
package io.platform.slug.build.check;

import org.jspecify.annotations.NullMarked;
