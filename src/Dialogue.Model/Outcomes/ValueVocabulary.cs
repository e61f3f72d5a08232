using Dialogue.Templates;

namespace Dialogue.Outcomes;

/// <summary>A value in plain words. The list is a start: it is offered after the effects, never before.</summary>
/// <param name="Meaning">One plain line.</param>
public sealed record Value(string Key, Text Name, Text Meaning, Text Group);

/// <summary>
/// Forty-five values to begin with, grouped in the spirit of the Code Goed Digitaal Openbaar Bestuur (democracy, rule of law,
/// administrative capacity); the wording and the grouping are our own and this is not the official list of that code.
/// </summary>
public static class ValueVocabulary
{
    private static readonly Text Participation = new("Democratie – participatie", "Democracy – participation");
    private static readonly Text SocietalValue = new("Democratie – maatschappelijke waarde", "Democracy – societal value");
    private static readonly Text HumanRights = new("Rechtsstaat – mensenrechten", "Rule of law – human rights");
    private static readonly Text ProceduralJustice = new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice");
    private static readonly Text Quality = new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality");
    private static readonly Text Responsibility = new("Bestuurskracht – verantwoordelijkheid", "Administrative capacity – responsibility");

    public static IReadOnlyList<Value> All { get; } =
    [
        new(
            "participation",
            new("Participatie", "Participation"),
            new("Mensen kunnen meepraten over wat voor hen gevolgen heeft", "People can have a say in what affects them"),
            Participation
        ),
        new(
            "inclusion",
            new("Inclusie", "Inclusion"),
            new("Iedereen kan meedoen, ook wie het moeilijk heeft", "Everyone can take part, also those who find it hard"),
            Participation
        ),
        new(
            "cooperation",
            new("Samenwerking", "Cooperation"),
            new("Organisaties helpen elkaar om mensen te helpen", "Organisations help each other to help people"),
            Participation
        ),
        new(
            "contestability",
            new("Tegenspraak", "Room for dissent"),
            new("U kunt veilig zeggen dat iets niet klopt", "You can safely say that something is wrong"),
            Participation
        ),
        new(
            "powerBalance",
            new("Machtsevenwicht", "Balance of power"),
            new("Niemand is overgeleverd aan de ander of aan een leverancier", "Nobody is at the mercy of another party or of a supplier"),
            Participation
        ),
        new(
            "publicValue",
            new("Publieke waarde", "Public value"),
            new("Het helpt de samenleving echt vooruit", "It really helps society forward"),
            SocietalValue
        ),
        new(
            "sustainability",
            new("Duurzaamheid", "Sustainability"),
            new("Ook goed voor later en voor de aarde", "Also good for later and for the earth"),
            SocietalValue
        ),
        new(
            "solidarity",
            new("Solidariteit", "Solidarity"),
            new("Wij dragen samen de lasten", "We carry the burdens together"),
            SocietalValue
        ),
        new(
            "wellbeing",
            new("Welzijn", "Well-being"),
            new("Mensen gaan er niet aan onderdoor", "It does not wear people down"),
            SocietalValue
        ),
        new(
            "humanRights",
            new("Mensenrechten", "Human rights"),
            new("Ieders grondrechten blijven heel", "Everyone's basic rights stay whole"),
            HumanRights
        ),
        new(
            "humanDignity",
            new("Menselijke waardigheid", "Human dignity"),
            new("U wordt behandeld als mens, niet als nummer", "You are treated as a human being, not as a number"),
            HumanRights
        ),
        new(
            "personhood",
            new("Persoon, geen groep", "Seen as a person"),
            new("U wordt bekeken om wie u bent, niet om op wie u lijkt", "You are judged by who you are, not by whom you resemble"),
            HumanRights
        ),
        new(
            "autonomy",
            new("Autonomie", "Autonomy"),
            new("U kiest zelf, zonder stille druk", "You choose for yourself, without silent pressure"),
            HumanRights
        ),
        new("privacy", new("Privacy", "Privacy"), new("Wat van u is, blijft van u", "What is yours stays yours"), HumanRights),
        new(
            "nonDiscrimination",
            new("Non-discriminatie", "Non-discrimination"),
            new("Gelijk behandeld; geen onderscheid zonder goede reden", "Treated equally; no distinction without a good reason"),
            HumanRights
        ),
        new(
            "equality",
            new("Gelijkheid", "Equality"),
            new("Gelijke gevallen gelijk, ongelijke naar hun verschil", "Like cases alike, unlike cases according to their difference"),
            HumanRights
        ),
        new(
            "protectionVulnerable",
            new("Bescherming van kwetsbaren", "Protection of the vulnerable"),
            new("Wie minder kan, krijgt meer zorg", "Who can do less gets more care"),
            HumanRights
        ),
        new(
            "presumptionTrust",
            new("Vertrouwen als begin", "Trust as a start"),
            new("Wij gaan uit van goede wil tot het tegendeel blijkt", "We assume good will until the opposite is clear"),
            HumanRights
        ),
        new(
            "legality",
            new("Rechtmatigheid", "Lawfulness"),
            new("De wet laat het toe en wij blijven erbinnen", "The law allows it and we stay within it"),
            ProceduralJustice
        ),
        new(
            "legalCertainty",
            new("Rechtszekerheid", "Legal certainty"),
            new("U weet waar u aan toe bent", "You know where you stand"),
            ProceduralJustice
        ),
        new(
            "legalProtection",
            new("Rechtsbescherming", "Legal protection"),
            new("U kunt klagen, bezwaar maken en gelijk krijgen", "You can complain, object and be proved right"),
            ProceduralJustice
        ),
        new(
            "dueCare",
            new("Zorgvuldigheid", "Due care"),
            new("Eerst goed kijken, dan pas beslissen", "First look well, only then decide"),
            ProceduralJustice
        ),
        new("reasonGiving", new("Motivering", "Giving reasons"), new("U krijgt te horen waarom", "You are told why"), ProceduralJustice),
        new(
            "proportionality",
            new("Evenredigheid", "Proportionality"),
            new("Niet zwaarder dan nodig", "Not heavier than needed"),
            ProceduralJustice
        ),
        new(
            "correctability",
            new("Herstelbaarheid", "Correctability"),
            new("Een fout is te verbeteren, overal tegelijk", "A mistake can be put right, everywhere at once"),
            ProceduralJustice
        ),
        new(
            "fairness",
            new("Eerlijkheid", "Fairness"),
            new("Zo verdeeld dat u het zelf ook zou accepteren", "Shared out so that you would accept it yourself"),
            ProceduralJustice
        ),
        new(
            "hearing",
            new("Gehoord worden", "Being heard"),
            new("U kunt uw verhaal doen voordat er wordt beslist", "You can tell your story before a decision is made"),
            ProceduralJustice
        ),
        new("effectiveness", new("Doeltreffendheid", "Effectiveness"), new("Het werkt", "It works"), Quality),
        new("efficiency", new("Doelmatigheid", "Efficiency"), new("Het kost niet meer dan nodig", "It costs no more than needed"), Quality),
        new(
            "dataQuality",
            new("Betrouwbare gegevens", "Data quality"),
            new("Wat er staat klopt, en is van nu", "What is recorded is right, and up to date"),
            Quality
        ),
        new(
            "security",
            new("Veiligheid", "Safety and security"),
            new("Beschermd tegen schade en misbruik", "Protected against harm and misuse"),
            Quality
        ),
        new(
            "robustness",
            new("Robuustheid", "Robustness"),
            new("Het blijft goed gaan als het tegenzit", "It keeps going well when things go wrong"),
            Quality
        ),
        new(
            "accessibility",
            new("Toegankelijkheid", "Accessibility"),
            new("Iedereen kan het gebruiken en begrijpen", "Everyone can use and understand it"),
            Quality
        ),
        new(
            "humanContact",
            new("Menselijk contact", "Human contact"),
            new("U kunt iemand spreken die iets kan doen", "You can speak to someone who can do something"),
            Quality
        ),
        new(
            "feasibilityCitizen",
            new("Doenlijkheid", "What people can cope with"),
            new("Het is te doen voor gewone mensen op een slechte dag", "Ordinary people can manage it on a bad day"),
            Quality
        ),
        new(
            "tailoring",
            new("Maatwerk", "Tailoring"),
            new("Ruimte om af te wijken als de regel niet past", "Room to deviate when the rule does not fit"),
            Quality
        ),
        new(
            "professionalism",
            new("Professionaliteit", "Professionalism"),
            new("Medewerkers mogen en kunnen hun vak uitoefenen", "Staff may and can practise their profession"),
            Quality
        ),
        new(
            "learning",
            new("Lerend vermogen", "Learning"),
            new("Wij leren van fouten en passen aan", "We learn from mistakes and adapt"),
            Quality
        ),
        new(
            "accountability",
            new("Verantwoording", "Accountability"),
            new("Er is iemand aanspreekbaar en die legt uit", "Someone can be called to account, and explains"),
            Responsibility
        ),
        new(
            "responsibility",
            new("Verantwoordelijkheid", "Responsibility"),
            new(
                "Iemand voelt zich eigenaar, ook over de grens van de organisatie",
                "Someone feels it is theirs, also across the border of the organisation"
            ),
            Responsibility
        ),
        new(
            "transparency",
            new("Transparantie", "Transparency"),
            new("U kunt zien wat er gebeurt", "You can see what happens"),
            Responsibility
        ),
        new(
            "explainability",
            new("Uitlegbaarheid", "Explainability"),
            new("Het is te begrijpen voor wie het aangaat", "Those concerned can understand it"),
            Responsibility
        ),
        new(
            "humanControl",
            new("Menselijke controle", "Human control"),
            new("Een mens kan ingrijpen en doet dat ook", "A human being can step in, and does"),
            Responsibility
        ),
        new(
            "integrity",
            new("Integriteit", "Integrity"),
            new("Wij doen wat wij zeggen, ook als niemand kijkt", "We do what we say, also when nobody is looking"),
            Responsibility
        ),
        new("respect", new("Respect", "Respect"), new("U wordt netjes behandeld", "You are treated decently"), Responsibility),
    ];

    private static readonly Dictionary<string, Value> ByKey = All.ToDictionary(value => value.Key, StringComparer.Ordinal);

    public static Value? Find(string? key) => key is not null && ByKey.TryGetValue(key, out var value) ? value : null;
}
