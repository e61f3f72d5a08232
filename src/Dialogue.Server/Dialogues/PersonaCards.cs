using Dialogue.Templates;

namespace Dialogue.Dialogues;

/// <summary>
/// Fictional people for methods that ask to stand in somebody's shoes: examples, until a facilitator makes them fit the case (<see
/// cref="KeepMaterial"/>).
/// </summary>
public static class PersonaCards
{
    public static IReadOnlyList<Persona> For(string language) => language == "en" ? English : Dutch;

    private static readonly Persona[] Dutch =
    [
        new(
            "yusuf",
            "Yusuf, 44",
            "Werkte in een magazijn. Is weinig online.",
            "Zorgt voor zijn zieke partner en heeft overdag geen rust om te bellen."
        ),
        new(
            "marja",
            "Marja, 61",
            "Werkte in de administratie. Drie jaar thuis.",
            "Is heel actief: leert, belt en schrijft elke week brieven."
        ),
        new("dex", "Dex, 24", "Geen diploma. Belt vaak.", "Belt zo vaak omdat hij brieven moeilijk kan lezen."),
        new("alina", "Alina, 36", "Geen opleiding bekend.", "Heeft een diploma uit een ander land. Niemand heeft ernaar gevraagd."),
        new("henk", "Henk, 57", "Acht jaar in dezelfde functie. Vlot op afspraken.", "Heeft rugklachten die hij nooit heeft gemeld."),
        new("sanne", "Sanne, 29", "Verhuisde drie keer in twee jaar.", "Zocht een veilige plek voor zichzelf en haar dochter."),
    ];

    private static readonly Persona[] English =
    [
        new(
            "yusuf",
            "Yusuf, 44",
            "Worked in a warehouse. Rarely online.",
            "Cares for his ill partner and has no quiet moment to call during the day."
        ),
        new(
            "marja",
            "Marja, 61",
            "Worked in administration. Three years at home.",
            "Is very active: learns, calls and writes letters every week."
        ),
        new("dex", "Dex, 24", "No diploma. Phones often.", "Phones so often because letters are hard for him to read."),
        new("alina", "Alina, 36", "No education known.", "Has a diploma from another country. Nobody asked."),
        new("henk", "Henk, 57", "Eight years in one job. Always on time.", "Has back trouble that he never reported."),
        new("sanne", "Sanne, 29", "Moved three times in two years.", "Was looking for a safe place for herself and her daughter."),
    ];
}
