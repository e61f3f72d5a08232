namespace Dialogue.Rehearsal;

/// <summary>What people in public service might say about a model that chooses whom to help.</summary>
internal static class Words
{
    public static readonly string[] Story =
    [
        "Veertig coaches begeleiden achttienduizend nieuwe werkzoekenden per jaar. Een model voorspelt wie binnen een jaar werk "
            + "vindt; alleen het midden krijgt een coach.",
    ];

    public static readonly string[] Perspectives =
    [
        "burger",
        "uitvoering",
        "beleid",
        "juridisch",
        "data-ict",
        "klantcontact",
        "toezicht",
        "keten",
    ];

    public static readonly string[] Names =
    [
        "Yusuf",
        "Marja",
        "Dex",
        "Alina",
        "Henk",
        "Fatima",
        "Joost",
        "Sevda",
        "Wim",
        "Ilse",
        "Kees",
        "Naima",
        "Bram",
        "Truus",
        "Omar",
        "Lotte",
        "Piet",
        "Aisha",
        "Gerrit",
        "Esra",
    ];

    public static readonly string[] Facts =
    [
        "Het model heeft bij ongeveer zeven van de tien mensen gelijk.",
        "Fouten naar herkomst zijn niet gemeten.",
        "Een coach kan twee mensen per maand toevoegen.",
    ];

    public static readonly string[] Questions =
    [
        "Wie vertelt iemand dat er een score is?",
        "Wat gebeurt er met wie niet wordt gekozen?",
        "Mag herkomst worden gebruikt voor een toets?",
    ];

    public static readonly string[] Items =
    [
        "Het model ziet dat ik zelden online ben en denkt dat ik niet wil.",
        "Ik zorg voor een zieke partner en dat staat nergens.",
        "Mijn buitenlandse diploma telt niet mee.",
        "Zonder score wint wie het hardst roept.",
        "De postcode staat voor iets wat wij niet willen gebruiken.",
        "Niemand die afviel weet dat hij afviel.",
        "Een coach durft niet van de lijst af te wijken.",
        "Een gesprek van tien minuten vooraf zou al helpen.",
        "Laat een deel van de plaatsen loten.",
        "Zet in de brief wat de score is en wie u kunt bellen.",
        "Alles klopt volgens de regels, en toch zou ik het niet aan mijn moeder kunnen uitleggen.",
        "Meet de fouten per groep, ook voor 55-plus.",
        "De gemeente verderop vraagt eerst wat iemand zelf wil.",
        "Wie bezwaar maakt, krijgt nu geen antwoord.",
    ];

    public static readonly string[] Reasons =
    [
        "Wij weten nog niet wie er buiten valt.",
        "De fouten raken steeds dezelfde mensen.",
        "Niets doen is ook een keuze, met slachtoffers.",
        "Met een gesprek vooraf wordt het menselijker.",
    ];

    public static readonly string[] Sentences =
    [
        "Fijn dat wij eerst stil schreven.",
        "Ik had graag langer over de dilemma's gepraat.",
        "Ik zie de mens achter het dossier scherper.",
        "De kaarten maakten het echt.",
    ];

    public static readonly string[] Values =
    [
        "personhood",
        "efficiency",
        "fairness",
        "hearing",
        "nonDiscrimination",
        "professionalism",
        "explainability",
        "privacy",
    ];
}
