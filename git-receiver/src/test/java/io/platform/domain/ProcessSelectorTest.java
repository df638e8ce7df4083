package io.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessSelectorTest {
  private static final ProcessName WEB_1 = ProcessName.numbered("web", 1);

  @Test
  void readsWhatItWrites() {
    assertThat(ProcessSelector.parse("*")).contains(new ProcessSelector.All());
    assertThat(ProcessSelector.parse("web")).contains(new ProcessSelector.OfType("web"));
    assertThat(ProcessSelector.parse("web.1")).contains(new ProcessSelector.One(WEB_1));
    for (String text : new String[] {"*", "web", "web.1"}) {
      assertThat(ProcessSelector.parse(text).orElseThrow()).hasToString(text);
    }
    for (String text : new String[] {"", "web.", "web.1.2", "web 1", "**", "../x"}) {
      assertThat(ProcessSelector.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void meansAllOrThoseOfATypeOrOne() {
    assertThat(new ProcessSelector.All().matches(WEB_1)).isTrue();
    assertThat(new ProcessSelector.OfType("web").matches(WEB_1)).isTrue();
    assertThat(new ProcessSelector.OfType("webs").matches(WEB_1)).isFalse();
    assertThat(new ProcessSelector.One(WEB_1).matches(WEB_1)).isTrue();
    assertThat(new ProcessSelector.One(WEB_1).matches(ProcessName.numbered("web", 2))).isFalse();
  }

  @Test
  void aTypeIncludesItsProcessesAndAllIncludeEverything() {
    ProcessSelector all = new ProcessSelector.All();
    ProcessSelector web = new ProcessSelector.OfType("web");
    ProcessSelector one = new ProcessSelector.One(WEB_1);
    assertThat(all.covers(all) && all.covers(web) && all.covers(one)).isTrue();
    assertThat(web.covers(web) && web.covers(one) && one.covers(one)).isTrue();
    assertThat(web.covers(all) || one.covers(web) || one.covers(all)).isFalse();
    assertThat(web.covers(new ProcessSelector.OfType("worker"))).isFalse();
  }
}
