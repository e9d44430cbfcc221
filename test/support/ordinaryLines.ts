/** A hundred lines without personal data, of the kinds that Ivy's texts are full of: courses, numbers, versions, exam questions, remarks. */
export const ordinaryLines: readonly string[] = `BSc (Hons) Computer Science with a Placement Year
MSc Data Science and Artificial Intelligence
Order 2026-00417 was shipped on Monday
Version 3.13.0 fixes two bugs in the importer
Introduction to Machine Learning, level 5, 20 credits
BA English Literature and Creative Writing
Invoice 88213 over £1,250.00 is due in 30 days
The open day is on Saturday 14 March at 10:00
Room 204, second floor, is booked from 9 to 11
Electron 45 needs Node.js 24.21
Business Management with Marketing, September entry
Which of the following is a prime number?
Chapter 12: Fluid Dynamics
The mean score rose from 59 to 71 last week
Foundation Year in Engineering
Score at least 70, source UCAS, stage contacted
Send the guide to everyone who clicked twice
HTTP 404 means that nothing was found
Bachelor of Laws (LLB)
Postgraduate Certificate in Education
The exam has 35 questions; 26 must be right
ISO 8601 dates look like 2026-11-27
Meeting about the budget for 2027
Graphic Design and Visual Communication
A filter of 200 conditions took 14 ms
Fashion Promotion and Imaging, 3 years full time
How many litres are in a cubic metre?
Reference DOC-2210-77 replaces DOC-2209-15
Please call the help desk if the printer is out of paper
Explain the second law of motion in one sentence
Photosynthesis takes place in the chloroplasts
What is the capital of Australia?
The French Revolution began in 1789
SQL injection is prevented by bound parameters
Mechanical Engineering (Automotive)
Sports and Exercise Science, clearing places left: 12
Week 7: Hypothesis testing and confidence intervals
Which gas makes up most of the air?
A. Oxygen B. Nitrogen C. Argon D. Helium
The backup took 4.2 s and has 18 MB
Tuition fee: £9,535 a year, scholarships available
Stage moved from enquiry to contacted
The import left out 12 rows of 9,240
Columns: Lead Source, Last Activity, Total Visits
Art History and Curating, part time
Interview slots are at 9:30, 10:15 and 11:00
Model gradient_boosting, 5 folds, AUC 0.904
Ask for the transcript before the deadline
Library opening hours: 08:00 to 22:00
Error code 0x80070057 on start-up
Two of three reminders were not opened
Clinical Psychology with Professional Practice
What is 15 % of 240?
The summer term begins on 21 April
Order number 5501-2231-90 is on its way
Student finance closes on 31 May
Ivy 0.1.0 for Windows, macOS and Linux
Name three renewable sources of energy
Introduction to Economics: supply and demand
The ratio of the sides is 3:4:5
Accounting and Finance, January intake
Session 14 of 20: reading comprehension
Which statement about mitosis is true?
The queue holds 356 leads this morning
Nursing (Adult), three years
Capacity: 120 places, 113 left
Software licence renewed until 2028-06-30
Photography, film and digital media
The median waiting time is 3 days
Solve for x: 2x + 6 = 14
Attendance was 92 % in October
Music Production and Sound Engineering
SHA-256 digests have 64 hexadecimal digits
Deadline extended by one week
Green means ready, red means blocked
Marine Biology with a year abroad
The network was down from 13:05 to 13:20
Choose the correct plural of "criterion"
Three-phase motors and transformers
Ticket 4471 is closed, ticket 4472 is open
History and Politics, honours degree
Unit 3 covers cells and tissues
The chart shows enrolments by month
Civil Engineering with foundation
Answer key for practice test 2
The file has 37 columns and 9,240 rows
Each answer scores one point
International Relations and Development
What does HTML stand for?
Maintenance window: Sunday 02:00 to 04:00
Scholarship applications open in February
Printing costs 5 pence a page
Game Design and Development
Bus 42 stops at the main entrance
Calculate the area of the triangle
Public Health and Social Care
A strong password has four ordinary words
Environmental Science, field trip in May
The second semester has 15 weeks
Thank you for your interest in our courses`.split('\n');
