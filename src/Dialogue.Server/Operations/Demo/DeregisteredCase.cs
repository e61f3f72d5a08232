using Dialogue.Activities.Commit;
using Dialogue.Activities.Organise;
using Dialogue.Cases;
using Dialogue.FollowUp;
using static Dialogue.Operations.DemoOrganisation;

namespace Dialogue.Operations.Demo;

/// <summary>Case A: one wrong entry in a register, and five bodies that each did what they should.</summary>
internal sealed class DeregisteredCase(DateOnly today) : DemoCase
{
    private static readonly ActionPerson CaseHolder = new("Hanneke Duin (casushouder LID)", "casushouder@lid.voorbeeld");
    private static readonly ActionPerson Counsellor = new(
        "Marijke Postma (sociaal raadsvrouw Zilverdam)",
        "raadsvrouw@zilverdam.voorbeeld"
    );
    private static readonly ActionPerson ProcessOwner = new("Bart Hofland (proceseigenaar LID)", "proceseigenaar@lid.voorbeeld");
    private static readonly ActionPerson ProductOwner = new("Tess Oudkerk (product owner LID)", "productowner@lid.voorbeeld");
    private static readonly ActionPerson SfnSpecialist = new("Specialist adressen SFN", "adressen@sfn.voorbeeld");
    private static readonly ActionPerson SfnManager = new("Manager gegevens SFN", "gegevens@sfn.voorbeeld");

    public override RegisterQuestion Question =>
        new(
            "Uitgeschreven, en alles valt stil",
            """
            Ilse de W. (58; haar gegevens zijn veranderd) woont een tijd bij haar zieke zus, in een andere straat in Zilverdam. Een brief komt ongeopend terug. Na een adresonderzoek schrijft de gemeente haar uit: 'vertrokken, onbekend waarheen'.

            Binnen vijf weken stopt haar uitkering bij de Landelijke Inkomensdienst (LID) en stopt haar toeslag. Het Zorgpremiekantoor (ZPK) legt een hogere premie op. Het Studiefonds (SFN) stuurt een aanmaning naar het verkeerde adres, voor een oude schuld van haar zoon. De Rijksincassodienst (RID) verhoogt de rekening. Ook de begeleiding door onze coach ligt stil: zonder uitkering is er geen traject.

            Als zij weer is ingeschreven, gaan drie van de vijf organisaties niet vanzelf verder. Iedereen deed wat in de eigen werkinstructie staat. Alle organisaties en personen in dit verhaal zijn verzonnen.
            """,
            "iOverheid",
            "incident"
        );

    public override DemoOrganisation.Person BroughtBy => CoachLead;
    public override string Template => "kafka-check";
    public override string Title => "Uitgeschreven, en alles valt stil";

    public override Intake Intake =>
        new()
        {
            Sponsor = "Directeur Dienstverlening LID, samen met de manager Dienstverlening DWB",
            StatusOfOutcome = OutcomeStatus.Advice,
            FollowUpOwner = Manager.Name,
            FollowUpOwnerEmail = Manager.Email,
            ReviewDate = today.AddDays(184),
            HierarchyPresent = false,
            Mandate =
                "Ieder spreekt voor de eigen organisatie en belooft alleen waar die zelf over gaat. Wij geven advies aan de "
                + "directeuren van de keten.",
            Affected =
            [
                new("Mevrouw De W.", Chair.Represented, "Haar sociaal raadsvrouw spreekt namens haar; zij gaf daarvoor toestemming"),
                new("Haar zus en haar zoon", Chair.Waived, "Mevrouw wil hen er niet mee belasten; wij nemen hun gevolgen wel mee"),
                new("Medewerkers klantcontact", Chair.Invited, null),
                new(
                    "Anderen die ten onrechte zijn uitgeschreven",
                    Chair.Waived,
                    "Niet te bereiken zonder hun gegevens op te vragen; de raadsvrouw kent meer verhalen"
                ),
                new("Studiefonds Nederland", Chair.Waived, "Uitgenodigd, maar had niemand vrij"),
            ],
        };

    public override int DaysAgo => 50;

    public override async Task Play(DemoTable table)
    {
        await table.Sit("raadsvrouw", "Raadsvrouw, namens Ilse", "burger");
        await table.Sit("klantcontact", "Medewerker klantcontact LID", "klantcontact");
        await table.Sit("proces", "Proceseigenaar LID", "uitvoering");
        await table.Sit("adres", "Adresonderzoeker Zilverdam", "uitvoering");
        await table.Sit("zpk", "Specialist ZPK", "keten");
        await table.Sit("rid", "Specialist RID", "keten");
        await table.Sit("jurist", "Jurist RBP", "juridisch");
        await table.Sit("gegevens", "Gegevensbeheer RBP", "data-ict");
        await table.Sit("financien", "Financiële controle LID", "toezicht");
        await table.Sit("coach", "Coach DWB", "uitvoering");
        await table.Sit("beleid", "Beleidsmedewerker MBZ", "beleid", Role.Observer);

        await table.Start("welkom");
        await table.Start("verhaal");
        await table.Fact(
            Certainty.Known,
            "Het adresonderzoek duurde 23 dagen: twee brieven en één bezoek. (Notitie in het dossier van Zilverdam)",
            "F1"
        );
        await table.Fact(
            Certainty.Known,
            "Het bericht was dezelfde nacht bij LID. Na 7 dagen stopte de uitkering vanzelf. (Proceseigenaar LID)",
            "F2"
        );
        await table.Fact(Certainty.Known, "Opnieuw inschrijven start de uitkering bij LID niet vanzelf weer. (Proceseigenaar LID)", "F3");
        await table.Fact(
            Certainty.Known,
            "Zij belde LID vier keer. Twee keer hoorde zij: 'eerst naar de gemeente'. (Contactgegevens LID)",
            "F4"
        );
        await table.Fact(Certainty.Disputed, "De gemeente zegt dat zij een briefadres aanbood. Mevrouw zegt van niet.", "F5");
        await table.Fact(
            Certainty.ToCheck,
            "Ongeveer 3.100 mensen per jaar verliezen hun uitkering door een uitschrijving. (Schatting LID)",
            "F6"
        );
        await table.Fact(
            Certainty.ToCheck,
            "ZPK mag de hogere premie stilzetten als de gemeente dat vraagt. De jurist van RBP denkt van wel, ZPK weet het niet zeker.",
            "F7"
        );
        await table.Fact(Certainty.Known, "RID verhoogde de rekening voordat de termijn voor bezwaar voorbij was. (RID)", "F8");
        await table.Park("jurist", "Op welke grond mag ZPK de gevolgen stilzetten? De jurist van ZPK zoekt dit uit.");

        await table.Start("gegeven");
        await table.Say("adres", ItemKind.Fact, "Zilverdam krijgt een brief terug en begint een adresonderzoek.", key: "W1");
        await table.Say("adres", ItemKind.Fact, "Zilverdam schrijft haar uit en meldt dat aan het register (RBP).", key: "W2");
        await table.Say(
            "gegevens",
            ItemKind.Fact,
            "RBP stuurt de wijziging dezelfde nacht aan alle afnemers. Niemand kijkt ernaar.",
            key: "W3"
        );
        await table.Say("proces", ItemKind.Fact, "LID zet de uitkering na zeven dagen stop. Dat gaat vanzelf.", key: "W4");
        await table.Say(
            "zpk",
            ItemKind.Fact,
            "ZPK ziet haar als onverzekerd en legt een hogere premie op. Die schuld gaat naar RID.",
            key: "W5"
        );
        await table.Say("rid", ItemKind.Fact, "RID verhoogt de rekening, ook als er nog bezwaar mogelijk is.", key: "W6");
        await table.Say(
            "gegevens",
            ItemKind.Fact,
            "SFN krijgt het lege adres en stuurt brieven naar het laatste adres dat het kent.",
            key: "W7"
        );
        await table.Say("klantcontact", ItemKind.Question, "Wie hoort eigenlijk dat zij weer is ingeschreven? Wij niet.", key: "W8");
        await table.Say("proces", ItemKind.Question, "Hoeveel van die 3.100 mensen waren echt weg?", key: "W9");

        await table.Start("stappen");
        await table.Place("ontstaan", "W1", "W2");
        await table.Place("doorgeven", "W3", "W7");
        await table.Place("gebruiken", "W4", "W5", "W6");
        await table.Place("terug", "W8");

        await table.Start("vastgelopen");
        await table.Say("raadsvrouw", ItemKind.Effect, "Zeven weken zonder inkomen, terwijl zij nooit weg was.", "geld", "E1");
        await table.Say("raadsvrouw", ItemKind.Effect, "De schulden groeien door verhogingen, ook na het herstel.", "geld", "E2");
        await table.Say("raadsvrouw", ItemKind.Effect, "Schaamte en slecht slapen. Zij maakt brieven niet meer open.", "gezondheid", "E3");
        await table.Say("rid", ItemKind.Effect, "Haar zoon krijgt de rekening te laat, met kosten erbij.", "geld", "E4");
        await table.Say("financien", ItemKind.Effect, "Minder geld naar mensen die echt vertrokken zijn.", "vertrouwen", "E5");
        await table.Say(
            "klantcontact",
            ItemKind.Effect,
            "Wij kunnen haar niet helpen en voelen ons machteloos. Steeds: 'eerst naar de gemeente'.",
            "vertrouwen",
            "E6"
        );
        await table.Say("gegevens", ItemKind.Effect, "Alle organisaties hebben een register dat van vandaag is.", "tijd", "E7");
        await table.Say("coach", ItemKind.Effect, "Het traject naar werk stopt. Zij begint straks weer vooraan.", "tijd", "E8");
        await table.Reveal();

        await table.Start("erkennen");
        await table.Scale("herkend", 5, 5, 4, 4, 4, 5, 5, 4, 2, 5);
        await table.Scale("erkend", 5, 5, 4, 5, 3, 4, 3, 0, 3, 4);
        await table.Reveal();
        await table.Park(
            "klantcontact",
            "Mogen wij een uitkering stoppen op grond van een bericht van een ander, zonder dat wij zelf met de persoon spraken?"
        );

        await table.Start("pauze");
        await table.Start("waarden");
        await table.Value("E5", "legality", ValueDirection.Served);
        await table.Value("E7", "dataQuality", ValueDirection.Served);
        await table.Value("W4", "efficiency", ValueDirection.Served);
        await table.Value("E1", "dueCare", ValueDirection.Strained);
        await table.Value("E1", "hearing", ValueDirection.Strained);
        await table.Value("E2", "correctability", ValueDirection.Strained);
        await table.Value("E3", "feasibilityCitizen", ValueDirection.Strained);
        await table.Value("E6", "professionalism", ValueDirection.Strained);
        await table.Value("W8", "responsibility", ValueDirection.Strained);
        await table.Tension("proces", "dataQuality", "hearing", "Het register klopt meteen, maar niemand vroeg haar iets.");
        await table.Tension(
            "financien",
            "legality",
            "correctability",
            "Snel stoppen voorkomt onterecht betalen; herstellen duurt vijf keer zo lang."
        );

        await table.Start("herstellen");
        await table.Say("proces", ItemKind.Fact, "Alle vijf kunnen zien dat zij weer is ingeschreven, als zij zoeken.", "zien", "H1");
        await table.Say("proces", ItemKind.Fact, "LID kan een stop uitstellen, maar doet dat nu alleen na een klacht.", "stilzetten", "H2");
        await table.Say("rid", ItemKind.Fact, "RID kan een verhoging wachten laten. Dat is één vinkje.", "stilzetten", "H3");
        await table.Say("zpk", ItemKind.Question, "Mogen wij de premie stilzetten op verzoek van de gemeente?", "stilzetten", "H4");
        await table.Say("adres", ItemKind.Fact, "Alleen Zilverdam kan de inschrijving verbeteren.", "verbeteren", "H5");
        await table.Say("raadsvrouw", ItemKind.Question, "Wie vergoedt wat zij kwijt is? Niemand gaat erover.", "vergoeden", "H6");

        await table.Start("ruimte");
        await table.Say(
            "proces",
            ItemKind.Option,
            "Veertien dagen wachten en één keer bellen voordat wij stoppen, als er de laatste 60 dagen nog contact was.",
            "zelf",
            "O1"
        );
        await table.Say("proces", ItemKind.Option, "De uitkering vanzelf hervatten zodra iemand weer is ingeschreven.", "zelf", "O2");
        await table.Say(
            "coach",
            ItemKind.Option,
            "Eén persoon als casushouder over alle organisaties, een maand lang. Proef met 20 mensen.",
            "keten",
            "O3"
        );
        await table.Say(
            "rid",
            ItemKind.Option,
            "RID wacht met verhogen zolang er bezwaar mogelijk is of een adresonderzoek loopt.",
            "keten",
            "O4"
        );
        await table.Say(
            "jurist",
            ItemKind.Signal,
            "Er is geen plek die een verkeerde uitschrijving voor iedereen herstelt en de gevolgen stilzet.",
            "hogerop",
            "O5"
        );
        await table.Say("adres", ItemKind.Option, "Een teruggestuurde brief niet meer als enige reden voor een onderzoek.", "keten", "O6");

        await table.Start("afspraken");
        await table.Agree(Agreements, today, DaysAgo);
        await table.Risk(
            "In de veertien dagen wachten betalen wij soms aan iemand die echt weg is. Dat moet later terug.",
            "LID, en wie moet terugbetalen",
            "Directeur Dienstverlening LID",
            "Terugvorderingen stijgen met meer dan 10%"
        );
        await table.Park(
            "financien",
            "Wachten schuift de last naar later. Ik wil opnieuw kijken als de terugvorderingen met meer dan 10% stijgen."
        );
        await table.Park("raadsvrouw", "Wie vergoedt de schade? Voor deze vraag is nog geen eigenaar.");
        await table.Review(today.AddDays(184));

        await table.Start("terugblik");
        await table.LookBack(
            ["safe", "heard", "insight"],
            ([4, 5, 5], "Waarom horen wij niets als iemand weer is ingeschreven?"),
            ([4, 4, 5], null),
            ([5, 5, 5], "Dank dat u eerst luisterde."),
            ([4, 4, 4], null),
            ([4, 5, 5], null),
            ([3, 4, 4], "Ik had meer willen zeggen over het geld."),
            ([5, 4, 5], null),
            ([4, 4, 5], null),
            ([5, 5, 5], "Mag ik u bellen als ik weer zo'n zaak heb?")
        );
        await table.Reveal();
        await table.End();
    }

    public override IReadOnlyList<DemoAgreement> Agreements =>
        [
            new(
                "AC1",
                "Herstel voor Ilse: betaal wat zij mist, haal de verhoging weg en stuur één brief namens allen.",
                AgreementKind.Repair,
                ["E1", "E2", "H3"],
                ["correctability"],
                CaseHolder,
                "Bel haar vandaag, samen met de raadsvrouw",
                0,
                9,
                "Zij heeft haar geld en één brief; de raadsvrouw bevestigt het",
                Counsellor,
                "Als een organisatie niet binnen twee dagen antwoordt, dan bel ik de manager daar"
            )
            {
                After =
                [
                    (CaseHolder, new ActionStep.Accept()),
                    (CaseHolder, new ActionStep.Start("Gebeld. Zij was opgelucht.")),
                    (
                        CaseHolder,
                        new ActionStep.ReportDone([
                            new(EvidenceKind.VoiceOfCitizen, "Zij zegt tegen haar raadsvrouw: 'Het geld is er en ik snap de brief.'"),
                            new(EvidenceKind.Document, "De ene brief, namens LID, ZPK en RID", "Dossier LID 4471"),
                        ])
                    ),
                    (Counsellor, new ActionStep.Verify(Verdict.Agree, "Ik heb haar gesproken. Het klopt.")),
                ],
            },
            new(
                "AC2",
                "Pas de werkinstructie aan: veertien dagen wachten en één keer bellen voor een stop.",
                AgreementKind.Rule,
                ["O1"],
                ["dueCare", "hearing"],
                ProcessOwner,
                "Zet de nieuwe stap in het proces en schrijf een belscript",
                0,
                30,
                "Nieuwe werkinstructie en belscript, getest op vijf zaken",
                Of(Coordinator),
                "Als een teamleider zegt dat er geen tijd is, dan laat ik zien om hoeveel telefoontjes het gaat",
                "Aantal mensen dat gebeld is voor een stop"
            )
            {
                After =
                [
                    (ProcessOwner, new ActionStep.Accept()),
                    (ProcessOwner, new ActionStep.Start()),
                    (ProcessOwner, new ActionStep.ReportDone([new(EvidenceKind.Document, "Werkinstructie stopzetten, nieuwe versie")])),
                    (
                        Of(Coordinator),
                        new ActionStep.Reject("De instructie is aangepast, maar het belscript ontbreekt. Zonder script belt niemand.")
                    ),
                    (ProcessOwner, new ActionStep.Start("Ik maak het script samen met klantcontact.")),
                    (ProcessOwner, new ActionStep.ChangeDueDate(today.AddDays(44), "Het script wordt eerst met klantcontact geoefend")),
                ],
            },
            new(
                "AC3",
                "Laat de uitkering vanzelf hervatten als iemand weer is ingeschreven.",
                AgreementKind.Technology,
                ["O2", "E1"],
                ["correctability"],
                ProductOwner,
                "Vraag een plek in de planning van de bouwers",
                3,
                120,
                "Werkende hervatting, bewezen met vijf testzaken",
                Of(DataScientist)
            )
            {
                After =
                [
                    (ProductOwner, new ActionStep.Accept()),
                    (ProductOwner, new ActionStep.Start()),
                    (
                        ProductOwner,
                        new ActionStep.Block(
                            "De plek in de planning is verschoven. Er is een keuze nodig over wat voorgaat.",
                            "CIO van LID"
                        )
                    ),
                ],
            },
            new(
                "AC4",
                "Proef met een casushouder over alle organisaties, voor 20 mensen.",
                AgreementKind.Prevent,
                ["O3", "E6"],
                ["responsibility", "humanContact"],
                Of(CoachLead),
                "Kies met Zilverdam de eerste vijf zaken",
                2,
                90,
                "Overzicht van 20 zaken: wat was er nodig en hoe lang duurde het",
                Counsellor,
                "Als een organisatie zegt 'niet van ons', dan vraag ik wie het dan wel is en bel ik diegene samen",
                "Afgeronde zaken, van 20"
            )
            {
                After =
                [
                    (Of(CoachLead), new ActionStep.Accept("Kies met Zilverdam de eerste vijf zaken en wijs een coach aan")),
                    (Of(CoachLead), new ActionStep.Start()),
                    (Of(CoachLead), new ActionStep.ReportProgress("6 van de 20 zaken zijn klaar. Vier waren binnen een week opgelost.")),
                ],
            },
            new(
                "AC5",
                "Vertel de medewerkers klantcontact wat er met hun signaal is gedaan.",
                AgreementKind.ReportBack,
                ["E6"],
                ["learning"],
                Of(Facilitator),
                "Plan een kwartier in het teamoverleg",
                0,
                10,
                "Verslag van het overleg",
                Of(Coordinator)
            )
            {
                After =
                [
                    (Of(Facilitator), new ActionStep.Accept()),
                    (
                        Of(Facilitator),
                        new ActionStep.ReportDone([
                            new(EvidenceKind.Document, "Verslag van het teamoverleg, met drie vragen die terugkomen"),
                        ])
                    ),
                    (Of(Coordinator), new ActionStep.Verify(Verdict.Agree)),
                    (
                        Of(Coordinator),
                        new ActionStep.JudgeEffect(ActionEffect.Helped, "Het team meldde daarna zelf twee zaken van hetzelfde soort")
                    ),
                    (Of(Coordinator), new ActionStep.Close("Dank aan het team.")),
                ],
            },
            new(
                "AC6",
                "Zoek uit waarom aanmaningen van SFN naar een oud adres gaan.",
                AgreementKind.FindOut,
                ["W7", "E4"],
                ["dataQuality"],
                SfnSpecialist,
                "Kijk één zaak na, van bericht tot brief",
                4,
                25,
                "Eén bladzijde: waar gaat het adres mis",
                Counsellor
            )
            {
                After =
                [
                    (SfnSpecialist, new ActionStep.Decline("Ik heb geen mandaat om het proces te veranderen. Vraag mijn manager.")),
                    (Of(Facilitator), new ActionStep.Offer(SfnManager, "De specialist heeft geen mandaat en verwijst naar u")),
                ],
            },
        ];
}
