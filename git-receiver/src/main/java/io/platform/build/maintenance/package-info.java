/**
 * What has to happen sooner or later: forgotten builds are taken up, logs become objects, destroyed
 * apps go.
 */
@NullMarked
package io.platform.build.maintenance;

import org.jspecify.annotations.NullMarked;
