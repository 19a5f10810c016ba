package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads the report's page as XML, and says what a page may have in it. */
final class PageOracle {
  /** What a page is made of. A script, a frame, an image or a form is not among it. */
  private static final Set<String> ELEMENTS =
      Set.of(
          "html head meta title style body header nav main section h1 h2 h3 p a ul li strong span"
              .split(" "));

  private static final Set<String> MORE_ELEMENTS =
      Set.of(
          ("figure figcaption svg defs g path use line rect text div table thead tbody tr th td"
                  + " time details summary")
              .split(" "));

  private static final Set<String> ATTRIBUTES =
      Set.of(
          ("lang charset name content http-equiv class id href tabindex role aria-label"
                  + " aria-labelledby aria-describedby aria-hidden width height x y x1 x2 y1 y2 d"
                  + " transform text-anchor scope datetime open")
              .split(" "));

  private final Document document;
  private final List<Element> elements = new ArrayList<>();

  private PageOracle(Document document) {
    this.document = document;
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      elements.add((Element) all.item(i));
    }
  }

  static PageOracle read(String page) throws IOException {
    assertThat(page).startsWith("<!DOCTYPE html>\n<html lang=\"en\">");
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      return new PageOracle(builder.parse(new InputSource(new StringReader(page))));
    } catch (SAXException | ParserConfigurationException e) {
      throw new AssertionError("the page is not well-formed", e);
    }
  }

  List<Element> elements(String name) {
    return elements.stream().filter(each -> each.getTagName().equals(name)).toList();
  }

  /** All text of the element of this id, as a reader would see it. */
  String text(String id) {
    return elements.stream()
        .filter(each -> each.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + id))
        .getTextContent();
  }

  String text() {
    return document.getDocumentElement().getTextContent();
  }

  /** Nothing but what a page is made of, and nothing that comes from elsewhere. */
  PageOracle isInert() {
    for (Element element : elements) {
      String name = element.getTagName();
      assertThat(ELEMENTS.contains(name) || MORE_ELEMENTS.contains(name)).as(name).isTrue();
      NamedNodeMap attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        assertThat(attributes.item(i).getNodeName()).isIn(ATTRIBUTES);
      }
      assertThat(element.getAttribute("href")).matches("(#.*)?");
    }
    assertThat(text().chars())
        .as("what a reader's terminal or eye would obey")
        .noneMatch(c -> Character.isISOControl(c) && c != '\n' || c >= 0x202a && c <= 0x202e);
    return this;
  }

  /** Its policy allows its own style alone. */
  PageOracle allowsOnlyItsStyle() {
    String policy =
        elements("meta").stream()
            .filter(each -> each.getAttribute("http-equiv").equals("Content-Security-Policy"))
            .map(each -> each.getAttribute("content"))
            .findFirst()
            .orElseThrow();
    String style = elements("style").getFirst().getTextContent();
    assertThat(policy)
        .isEqualTo(
            "default-src 'none'; base-uri 'none'; form-action 'none'; style-src '"
                + sha256(style)
                + "'");
    return this;
  }

  /** Every id is there once, and what is referred to is there. */
  PageOracle isConnected() {
    Set<String> ids = new HashSet<>();
    for (Element element : elements) {
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).as(element.getAttribute("id")).isTrue();
      }
    }
    for (Element element : elements) {
      for (String attribute : List.of("aria-labelledby", "aria-describedby")) {
        if (element.hasAttribute(attribute)) {
          assertThat(ids).contains(element.getAttribute(attribute));
        }
      }
      if (element.hasAttribute("href")) {
        assertThat(ids).contains(element.getAttribute("href").substring(1));
      }
    }
    return this;
  }

  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
