/** The git remote over HTTP: which service a request wants and who may use it. */
@NullMarked
package io.platform.git.http;

import org.jspecify.annotations.NullMarked;
