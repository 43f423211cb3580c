import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.VeraPDFFoundry;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Puts PDF files before veraPDF. Each line that comes in is a question: FLAVOUR PROFILE FILE...
 *
 * <p>Prints a line "checked" with file and number of assertions for each file that could be read, one line for
 * each broken rule: file, rule, how often, and the first message, and an empty line at the end of each answer.
 * Tabs part the columns both ways. The jar has no JAXB, so the profile is read here instead of by veraPDF's own
 * reader.
 */
public class VeraCheck {
  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String asked; (asked = questions.readLine()) != null; ) {
      answer(asked.split("\t"));
      System.out.println();
    }
  }

  static void answer(String[] asked) throws Exception {
    PDFAFlavour flavour = PDFAFlavour.fromString(asked[0]);
    ValidationProfile profile = profile(flavour, asked[1]);
    for (int i = 2; i < asked.length; i++) {
      try {
        report(asked[i], validate(asked[i], flavour, profile));
      } catch (Exception trouble) {
        line(asked[i], "unreadable", 1, String.valueOf(trouble));
      }
    }
  }

  static ValidationResult validate(String file, PDFAFlavour flavour, ValidationProfile profile)
      throws Exception {
    try (VeraPDFFoundry foundry = Foundries.defaultInstance();
        InputStream content = new FileInputStream(file);
        PDFAParser parser = foundry.createParser(content, flavour)) {
      return foundry.createValidator(profile, true).validate(parser);
    }
  }

  static void report(String file, ValidationResult result) {
    line(file, "checked", result.getTotalAssertions(), "");
    Map<String, Integer> times = new TreeMap<>();
    Map<String, String> messages = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() != TestAssertion.Status.FAILED) continue;
      String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
      times.merge(rule, 1, Integer::sum);
      messages.putIfAbsent(rule, assertion.getMessage() + " @ " + assertion.getLocation().getContext());
    }
    times.forEach((rule, count) -> line(file, rule, count, messages.get(rule)));
  }

  static void line(String file, String what, int count, String message) {
    System.out.println(String.join("\t", file, what, "" + count, message.replaceAll("\\s+", " ")));
  }

  static ValidationProfile profile(PDFAFlavour flavour, String name) throws Exception {
    InputStream source = VeraCheck.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name);
    Element document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source).getDocumentElement();
    Set<Rule> rules = new HashSet<>();
    for (Element element : elements(document, "rule")) rules.add(rule(element));
    Set<Variable> variables = new HashSet<>();
    for (Element element : elements(document, "variable")) variables.add(variable(element));
    return Profiles.profileFromValues(
        flavour, Profiles.profileDetailsFromValues(name, "", "", new Date()), "", rules, variables);
  }

  static Rule rule(Element element) {
    Element id = elements(element, "id").get(0);
    RuleId ruleId =
        Profiles.ruleIdFromValues(
            specification(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber")));
    Boolean deferred = element.hasAttribute("deferred") ? Boolean.valueOf(element.getAttribute("deferred")) : null;
    return Profiles.ruleFromValues(
        ruleId,
        element.getAttribute("object"),
        deferred,
        element.getAttribute("tags"),
        text(element, "description"),
        text(element, "test"),
        Profiles.errorFromValues(text(element, "message"), List.of()),
        List.of());
  }

  static Variable variable(Element element) {
    return Profiles.variableFromValues(
        element.getAttribute("name"),
        element.getAttribute("object"),
        text(element, "defaultValue"),
        text(element, "value"));
  }

  static PDFAFlavour.Specification specification(String name) {
    for (PDFAFlavour.Specification one : PDFAFlavour.Specification.values()) {
      if (one.name().equals(name) || one.getId().equals(name)) return one;
    }
    throw new IllegalArgumentException("no specification " + name);
  }

  static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return java.util.stream.IntStream.range(0, found.getLength())
        .mapToObj(i -> (Element) found.item(i))
        .toList();
  }

  static String text(Element parent, String name) {
    List<Element> found = elements(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }
}
