/** The REST API, the routes of builders and runners, object URLs, and log streams. */
@NullMarked
package io.platform.api;

import org.jspecify.annotations.NullMarked;
