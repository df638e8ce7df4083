/**
 * Buildpacks as Heroku's buildpack API has them: the built-in ones, their directories, environment,
 * programs and output.
 */
@NullMarked
package io.platform.slug.build.buildpack;

import org.jspecify.annotations.NullMarked;
