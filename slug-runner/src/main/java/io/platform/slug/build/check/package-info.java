/** What an app's languages and start commands need, and what of it the pushed files lack. */
@NullMarked
package io.platform.slug.build.check;

import org.jspecify.annotations.NullMarked;
