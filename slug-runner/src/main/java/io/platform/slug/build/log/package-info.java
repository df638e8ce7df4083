/** The build's log on its way to the platform. */
@NullMarked
package io.platform.slug.build.log;

import org.jspecify.annotations.NullMarked;
