/**
 * The runner: fetches and verifies a release's slug, then becomes the process that the slug names.
 */
@NullMarked
package io.platform.slug.run;

import org.jspecify.annotations.NullMarked;
