using Dialogue.Templates;

namespace Dialogue.Outcomes;

/// <summary>A value in plain words. The list is a start: it is offered after the effects, never before.</summary>
/// <param name="Meaning">One plain line, in Dutch.</param>
public sealed record Value(string Key, Text Name, string Meaning, Text Group);

/// <summary>
/// Forty-five values to begin with, grouped in the spirit of the Code Goed Digitaal Openbaar Bestuur (democracy, rule of law, administrative
/// capacity); the wording and the grouping are our own and this is not the official list of that code.
/// </summary>
public static class ValueVocabulary
{
    public static IReadOnlyList<Value> All { get; } =
    [
        new("participation", new("Participatie", "Participation"), "Mensen kunnen meepraten over wat hen raakt", new("Democratie – participatie", "Democracy – participation")),
        new("inclusion", new("Inclusie", "Inclusion"), "Iedereen kan meedoen, ook wie het moeilijk heeft", new("Democratie – participatie", "Democracy – participation")),
        new("cooperation", new("Samenwerking", "Cooperation"), "Organisaties helpen elkaar om mensen te helpen", new("Democratie – participatie", "Democracy – participation")),
        new("contestability", new("Tegenspraak", "Room for dissent"), "Je kunt veilig zeggen dat iets niet klopt", new("Democratie – participatie", "Democracy – participation")),
        new("powerBalance", new("Machtsevenwicht", "Balance of power"), "Niemand is overgeleverd aan de ander of aan een leverancier", new("Democratie – participatie", "Democracy – participation")),
        new("publicValue", new("Publieke waarde", "Public value"), "Het helpt de samenleving echt vooruit", new("Democratie – maatschappelijke waarde", "Democracy – societal value")),
        new("sustainability", new("Duurzaamheid", "Sustainability"), "Ook goed voor later en voor de aarde", new("Democratie – maatschappelijke waarde", "Democracy – societal value")),
        new("solidarity", new("Solidariteit", "Solidarity"), "Wij dragen samen de lasten", new("Democratie – maatschappelijke waarde", "Democracy – societal value")),
        new("wellbeing", new("Welzijn", "Well-being"), "Mensen gaan er niet aan onderdoor", new("Democratie – maatschappelijke waarde", "Democracy – societal value")),
        new("humanRights", new("Mensenrechten", "Human rights"), "Ieders grondrechten blijven heel", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("humanDignity", new("Menselijke waardigheid", "Human dignity"), "Je wordt behandeld als mens, niet als nummer", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("personhood", new("Persoon, geen groep", "Seen as a person"), "Je wordt bekeken om wie je bent, niet om waar je op lijkt", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("autonomy", new("Autonomie", "Autonomy"), "Je kiest zelf, zonder stille druk", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("privacy", new("Privacy", "Privacy"), "Wat van jou is, blijft van jou", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("nonDiscrimination", new("Non-discriminatie", "Non-discrimination"), "Gelijk behandeld; geen onderscheid zonder goede reden", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("equality", new("Gelijkheid", "Equality"), "Gelijke gevallen gelijk, ongelijke naar hun verschil", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("protectionVulnerable", new("Bescherming van kwetsbaren", "Protection of the vulnerable"), "Wie minder kan, krijgt meer zorg", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("presumptionTrust", new("Vertrouwen als begin", "Trust as a start"), "Wij gaan uit van goede wil tot het tegendeel blijkt", new("Rechtsstaat – mensenrechten", "Rule of law – human rights")),
        new("legality", new("Rechtmatigheid", "Lawfulness"), "De wet laat het toe en wij blijven erbinnen", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("legalCertainty", new("Rechtszekerheid", "Legal certainty"), "Je weet waar je aan toe bent", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("legalProtection", new("Rechtsbescherming", "Legal protection"), "Je kunt klagen, bezwaar maken en gelijk krijgen", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("dueCare", new("Zorgvuldigheid", "Due care"), "Eerst goed kijken, dan pas beslissen", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("reasonGiving", new("Motivering", "Giving reasons"), "Je krijgt te horen waarom", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("proportionality", new("Evenredigheid", "Proportionality"), "Niet zwaarder dan nodig", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("correctability", new("Herstelbaarheid", "Correctability"), "Een fout is te verbeteren, overal tegelijk", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("fairness", new("Eerlijkheid", "Fairness"), "Zo verdeeld dat je het zelf ook zou accepteren", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("hearing", new("Gehoord worden", "Being heard"), "Je kunt je verhaal doen voordat er wordt beslist", new("Rechtsstaat – procedurele rechtvaardigheid", "Rule of law – procedural justice")),
        new("effectiveness", new("Doeltreffendheid", "Effectiveness"), "Het werkt", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("efficiency", new("Doelmatigheid", "Efficiency"), "Het kost niet meer dan nodig", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("dataQuality", new("Betrouwbare gegevens", "Data quality"), "Wat er staat klopt, en is van nu", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("security", new("Veiligheid", "Safety and security"), "Beschermd tegen schade en misbruik", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("robustness", new("Robuustheid", "Robustness"), "Het blijft goed gaan als het tegenzit", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("accessibility", new("Toegankelijkheid", "Accessibility"), "Iedereen kan het gebruiken en begrijpen", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("humanContact", new("Menselijk contact", "Human contact"), "Je kunt iemand spreken die iets kan doen", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("feasibilityCitizen", new("Doenlijkheid", "What people can cope with"), "Het is te doen voor gewone mensen op een slechte dag", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("tailoring", new("Maatwerk", "Tailoring"), "Ruimte om af te wijken als de regel niet past", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("professionalism", new("Professionaliteit", "Professionalism"), "Medewerkers mogen en kunnen hun vak uitoefenen", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("learning", new("Lerend vermogen", "Learning"), "Wij leren van fouten en passen aan", new("Bestuurskracht – bestuurskwaliteit", "Administrative capacity – quality")),
        new("accountability", new("Verantwoording", "Accountability"), "Er is iemand aanspreekbaar en die legt uit", new("Bestuurskracht – verantwoordelijkheid", "Administrative capacity – responsibility")),
        new("responsibility", new("Verantwoordelijkheid", "Responsibility"), "Iemand voelt zich eigenaar, ook over de grens van de organisatie", new("Bestuurskracht – verantwoordelijkheid", "Administrative capacity – responsibility")),
        new("transparency", new("Transparantie", "Transparency"), "Je kunt zien wat er gebeurt", new("Bestuurskracht – verantwoordelijkheid", "Administrative capacity – responsibility")),
        new("explainability", new("Uitlegbaarheid", "Explainability"), "Het is te begrijpen voor wie het aangaat", new("Bestuurskracht – verantwoordelijkheid", "Administrative capacity – responsibility")),
        new("humanControl", new("Menselijke controle", "Human control"), "Een mens kan ingrijpen en doet dat ook", new("Bestuurskracht – verantwoordelijkheid", "Administrative capacity – responsibility")),
        new("integrity", new("Integriteit", "Integrity"), "Wij doen wat wij zeggen, ook als niemand kijkt", new("Bestuurskracht – verantwoordelijkheid", "Administrative capacity – responsibility")),
        new("respect", new("Respect", "Respect"), "Je wordt netjes behandeld", new("Bestuurskracht – verantwoordelijkheid", "Administrative capacity – responsibility")),
    ];

    private static readonly Dictionary<string, Value> ByKey = All.ToDictionary(value => value.Key, StringComparer.Ordinal);

    public static Value? Find(string? key) => key is not null && ByKey.TryGetValue(key, out var value) ? value : null;
}
