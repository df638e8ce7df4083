/** The steps of a build, one class each, from fetching the job to sending the report. */
@NullMarked
package io.platform.slug.build.step;

import org.jspecify.annotations.NullMarked;
